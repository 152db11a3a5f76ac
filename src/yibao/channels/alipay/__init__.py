"""The life account at Alipay: signed callbacks in, answers out by Alipay's gateway."""
