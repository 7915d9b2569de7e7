"""What runs inside a lab's machine: the machine's kernel may be user-mode Linux, its Python is the lab root's."""
