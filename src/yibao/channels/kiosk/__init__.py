"""How does one ask at a self-service terminal (自助服务机)? The pages of the server, and the program of the machine."""
