"""Writes ONNX files: the few protobuf messages a graph needs, so that no exporter has to be installed.

The field numbers are those of https://github.com/onnx/onnx/blob/main/onnx/onnx.proto3.
"""

import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

Attribute = int | float

IR_VERSION = 10
_ELEMENT_TYPES = {"float32": 1, "uint8": 2, "int8": 3, "int32": 6, "int64": 7}
_FLOAT_ATTRIBUTE = 1
_INT_ATTRIBUTE = 2


@dataclass
class Graph:
    """A graph under construction; every method that adds something returns the name of the new value."""

    opsets: Mapping[str, int]
    """Version of each operator domain; "" is the standard one."""
    _nodes: list[bytes] = field(default_factory=list)
    _constants: list[bytes] = field(default_factory=list)
    _inputs: list[bytes] = field(default_factory=list)
    _outputs: list[bytes] = field(default_factory=list)

    def input(self, name: str, element: str, shape: Sequence[str | int]) -> str:
        """A value handed in at each run; a word in the shape is a size that may vary."""
        self._inputs.append(_value(name, element, shape))
        return name

    def output(self, name: str, element: str, shape: Sequence[str | int]) -> None:
        """Declares an existing value to be a result."""
        self._outputs.append(_value(name, element, shape))

    def constant(self, name: str, values: NDArray[Any]) -> str:
        """A tensor stored in the file."""
        values = np.ascontiguousarray(values)
        self._constants.append(
            b"".join(_integer(1, size) for size in values.shape)
            + _integer(2, _ELEMENT_TYPES[values.dtype.name])
            + _text(8, name)
            + _message(9, values.tobytes())
        )
        return name

    def node(
        self, name: str, operator: str, inputs: Sequence[str], *, domain: str = "", **attributes: Attribute
    ) -> str:
        """One operation with one result, which has the operation's name; an input "" is left out."""
        return self.nodes([name], operator, inputs, domain=domain, **attributes)[0]

    def nodes(
        self, names: Sequence[str], operator: str, inputs: Sequence[str], *, domain: str = "", **attributes: Attribute
    ) -> Sequence[str]:
        """One operation with several results."""
        self._nodes.append(
            _texts(1, inputs)
            + _texts(2, names)
            + _text(3, names[0])
            + _text(4, operator)
            + b"".join(_message(5, _attribute(key, value)) for key, value in attributes.items())
            + _text(7, domain)
        )
        return names

    def to_bytes(self) -> bytes:
        """The whole file."""
        graph = b"".join(
            [
                *(_message(1, node) for node in self._nodes),
                _text(2, "graph"),
                *(_message(5, constant) for constant in self._constants),
                *(_message(11, value) for value in self._inputs),
                *(_message(12, value) for value in self._outputs),
            ]
        )
        opsets = [_text(1, domain) + _integer(2, version) for domain, version in self.opsets.items()]
        return (
            _integer(1, IR_VERSION)
            + _text(2, "switchboard")
            + _message(7, graph)
            + b"".join(_message(8, opset) for opset in opsets)
        )


def _varint(value: int) -> bytes:
    encoded = bytearray()
    value &= (1 << 64) - 1
    while value > 0x7F:
        encoded.append(value & 0x7F | 0x80)
        value >>= 7
    encoded.append(value)
    return bytes(encoded)


def _integer(number: int, value: int) -> bytes:
    return _varint(number << 3) + _varint(value)


def _message(number: int, content: bytes) -> bytes:
    return _varint(number << 3 | 2) + _varint(len(content)) + content


def _text(number: int, value: str) -> bytes:
    return _message(number, value.encode())


def _texts(number: int, values: Iterable[str]) -> bytes:
    return b"".join(_text(number, value) for value in values)


def _attribute(name: str, value: Attribute) -> bytes:
    if isinstance(value, float):
        number = _varint(2 << 3 | 5) + struct.pack("<f", value)
        return _text(1, name) + number + _integer(20, _FLOAT_ATTRIBUTE)
    return _text(1, name) + _integer(3, value) + _integer(20, _INT_ATTRIBUTE)


def _value(name: str, element: str, shape: Sequence[str | int]) -> bytes:
    sizes = [_text(2, size) if isinstance(size, str) else _integer(1, size) for size in shape]
    tensor = _integer(1, _ELEMENT_TYPES[element]) + _message(2, b"".join(_message(1, size) for size in sizes))
    return _text(1, name) + _message(2, _message(1, tensor))
