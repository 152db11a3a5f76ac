"""How does an agency bring its own data in? `import_file` takes people, enrolments, contributions and movements."""

from yibao.services.imports.run import COLUMNS, KINDS, Report, import_file

__all__ = ["COLUMNS", "KINDS", "Report", "import_file"]
