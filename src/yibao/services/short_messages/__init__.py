"""Short messages by a gateway of the cloud: Alibaba Cloud or Tencent Cloud, each an extra of its own."""
