"""The command line: `yibao answer`, `yibao serve` …"""
