"""Which self-service terminals (自助服务机) may ask for a person who stands before them?"""
