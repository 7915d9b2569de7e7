"""Other projects' resources, in and out: OpenPERouter's become a model, a model's host sessions become frr-k8s'."""
