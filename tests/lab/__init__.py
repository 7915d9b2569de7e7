"""Labs: several routers, real packets, a kernel with VRFs.

A lab is a plan (plan.py): a list of steps as values, each with the outcome that is expected of it. machine.py carries
it out in a machine of its own, on this host's kernel or on user-mode Linux, and hands back how each step went; lab.inside
is the half that runs there. topology.py makes the first steps of a network; fabric.py and blog.py are the first such lab.
sites/ makes a lab from any model.

A new scenario is a topology, the routers' configurations, and steps; its test asserts on the Report. Starting a program
takes five times as long in user-mode Linux: prefer Ask and Until, which start none, and one Ip with many lines.
FRR begins its sessions 5 s after it has read its configuration, so restart a router only where that is the point.
"""
