"""GLOSSARY.md, printed from the terms of the law."""

from __future__ import annotations

from yibao.law.parameters.loading import tree
from yibao.law.terms import terms

HEAD = """# Glossary

Printed by `yibao glossary` from `src/yibao/law/terms.yaml`; change the terms there. A name that a rule uses and that is
not a term is refused when the rule is read.

| name | 中文 | plain words | English | unit |
|---|---|---|---|---|
"""


def markdown() -> str:
    """The glossary as a page."""
    rows = [f"| `{t.name}` | {t.zh} | {t.plain} | {t.en} | {t.unit} |" for t in sorted(terms().values())]
    words = [f"| `{n}` | {w['zh']} | | {w['en']} | |" for n, w in sorted(tree()["terms"]["words"].items())]
    return HEAD + "\n".join(rows + words) + "\n"
