"""A first model: from options, questions and the NICs of this host to a commented text (`frrcompile init`)."""
