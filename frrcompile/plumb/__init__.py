"""The node's links: what the model needs from the kernel, what is there, and the operations between them."""
