"""Labs: several routers, real packets, a kernel with VRFs."""
