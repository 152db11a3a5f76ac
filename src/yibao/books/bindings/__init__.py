"""Which account of WeChat or Alipay belongs to which person, and since when (绑定)?"""
