"""Runs ONNX files in OpenCV's dnn module, or checks them by ONNX's own checker.

    run_onnx.py opencv FOLDER NAME:2x3x4 ...   FOLDER/NAME.onnx on FOLDER/NAME.in to FOLDER/NAME.out
    run_onnx.py checker FOLDER NAME ...

Arrays are floats without a header. Exit 3: the module is not there.
"""

import sys

try:
    import numpy

    if sys.argv[1] == "opencv":
        import cv2
    else:
        import onnx
except ImportError:
    sys.exit(3)


def run(path, shape):
    class Array(numpy.ndarray):
        wrap_channels = False  # otherwise OpenCV takes a short last axis for channels

    cv2._registerMatType(Array)
    network = cv2.dnn.readNetFromONNX(path + ".onnx")
    x = numpy.fromfile(path + ".in", dtype="<f4").reshape(shape)
    network.setInput(x.view(Array))
    network.forward().astype("<f4").tofile(path + ".out")


for argument in sys.argv[3:]:
    name, _, shape = argument.partition(":")
    path = f"{sys.argv[2]}/{name}"
    if sys.argv[1] == "opencv":
        run(path, [int(length) for length in shape.split("x")])
    else:
        onnx.checker.check_model(path + ".onnx", full_check=True)
