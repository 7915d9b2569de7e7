"""The fuzz targets: a module for each parser, with TARGET in it."""
