"""The official account at WeChat: signed and encrypted callbacks in, answers out."""
