"""Builds the int8 graph of a BERT sentence encoder from its weights.

    ids, mask -> embeddings -> 6 x (attention, feed-forward) -> mean over the words -> length one

Matrices are stored as 8-bit numbers with one scale per 32 of them, and the states are quantised in the same small
blocks, row by row: so a text's vector does not depend on what else is in the batch, and it differs from the float
model's by a cosine above 0.999 (docs/reference/intents.md).
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from encoder.onnx_file import Graph

Weights = Mapping[str, NDArray[np.float32]]

HEADS = 12
BLOCK = 32
"""Numbers that share a scale."""
EPSILON = 1e-12
"""Of the layer normalisation, from the model's config.json."""
_MICROSOFT = "com.microsoft"
"""Domain of the operators that onnxruntime adds to the standard."""


def build_graph(weights: Weights) -> bytes:
    """The ONNX file of the encoder, from weights under the names Hugging Face gives to a BertModel.

    Inputs `ids` and `mask`, both int64 of shape (texts, words); outputs `vectors`, float32 (texts, dimensions), and
    `words`, float32 (texts, words, dimensions), the last states that the vectors are the means of.
    """
    graph = Graph(opsets={"": 20, _MICROSOFT: 1})
    ids = graph.input("ids", "int64", ["texts", "words"])
    mask = graph.input("mask", "int64", ["texts", "words"])
    states = _embed(graph, weights, ids)
    padding = graph.node("padding", "Cast", [mask], to=6)
    for layer in range(_layers(weights)):
        states = _layer(graph, weights, layer, states, padding)
    vectors = _pool(graph, states, mask)
    dimensions = weights["embeddings.word_embeddings.weight"].shape[1]
    graph.output(vectors, "float32", ["texts", dimensions])
    graph.output(graph.node("states.last", "Identity", [states]), "float32", ["texts", "words", dimensions])
    return graph.to_bytes()


def _layers(weights: Weights) -> int:
    return 1 + max(int(name.split(".")[2]) for name in weights if name.startswith("encoder.layer."))


def _embed(graph: Graph, weights: Weights, ids: str) -> str:
    words = weights["embeddings.word_embeddings.weight"]
    # One scale per word; the table is a third of the model's size.
    scales = np.abs(words).max(axis=1, keepdims=True) / 127.0
    scales[scales == 0.0] = 1.0
    table = graph.constant("words.table", np.rint(words / scales).astype(np.int8))
    rows = graph.node("words.rows", "Gather", [table, ids])
    row_scales = graph.node("words.scales", "Gather", [graph.constant("words.scale", scales.astype(np.float32)), ids])
    meanings = graph.node("words", "Mul", [graph.node("words.float", "Cast", [rows], to=1), row_scales])
    # Every sentence is a first sentence, so its type is part of the position.
    places = weights["embeddings.position_embeddings.weight"] + weights["embeddings.token_type_embeddings.weight"][:1]
    count = graph.node("count", "Shape", [ids], start=1, end=2)
    zero = graph.constant("zero", np.zeros(1, dtype=np.int64))
    used = graph.node("places", "Slice", [graph.constant("places.table", places), zero, count, zero])
    together = graph.node("embedded", "Add", [meanings, used])
    norm = [
        graph.constant(f"embeddings.{part}", weights[f"embeddings.LayerNorm.{part}"]) for part in ("weight", "bias")
    ]
    return graph.node("states", "LayerNormalization", [together, *norm], axis=-1, epsilon=EPSILON)


def _layer(graph: Graph, weights: Weights, layer: int, states: str, padding: str) -> str:
    prefix = f"encoder.layer.{layer}."
    triple = [f"{prefix}attention.self.{part}." for part in ("query", "key", "value")]
    matrix = np.concatenate([weights[f"{part}weight"] for part in triple])
    bias = np.concatenate([weights[f"{part}bias"] for part in triple])
    asked = _linear(graph, f"{prefix}triple", matrix, bias, states)
    parts = graph.nodes([f"{prefix}{part}" for part in "qkv"], "Split", [asked], axis=-1, num_outputs=3)
    heard = graph.node(
        f"{prefix}heard",
        "MultiHeadAttention",
        [*parts, "", padding],
        domain=_MICROSOFT,
        num_heads=HEADS,
    )
    said = _dense(graph, weights, f"{prefix}attention.output.dense", heard)
    states = _add_and_norm(graph, weights, f"{prefix}attention.output.LayerNorm", said, states)
    wide = _dense(graph, weights, f"{prefix}intermediate.dense", states)
    active = graph.node(f"{prefix}active", "Gelu", [wide], domain=_MICROSOFT)
    narrow = _dense(graph, weights, f"{prefix}output.dense", active)
    return _add_and_norm(graph, weights, f"{prefix}output.LayerNorm", narrow, states)


def _dense(graph: Graph, weights: Weights, name: str, states: str) -> str:
    return _linear(graph, name, weights[f"{name}.weight"], weights[f"{name}.bias"], states)


def _linear(graph: Graph, name: str, matrix: NDArray[np.float32], bias: NDArray[np.float32], states: str) -> str:
    """`states` times the transposed matrix plus bias; the matrix has shape (outputs, inputs)."""
    outputs, inputs = matrix.shape
    blocks = matrix.reshape(outputs, inputs // BLOCK, BLOCK)
    scales = np.abs(blocks).max(axis=2, keepdims=True) / 127.0
    scales[scales == 0.0] = 1.0
    # Stored unsigned around 128, the operator's default zero point.
    whole = (np.rint(blocks / scales) + 128.0).astype(np.uint8)
    return graph.node(
        name,
        "MatMulNBits",
        [
            states,
            graph.constant(f"{name}.whole", whole),
            graph.constant(f"{name}.scale", scales.reshape(outputs, -1).astype(np.float32)),
            "",
            "",
            graph.constant(f"{name}.bias", bias),
        ],
        domain=_MICROSOFT,
        K=inputs,
        N=outputs,
        bits=8,
        block_size=BLOCK,
        accuracy_level=4,
    )


def _add_and_norm(graph: Graph, weights: Weights, name: str, new: str, old: str) -> str:
    norm = [graph.constant(f"{name}.{part}", weights[f"{name}.{part}"]) for part in ("weight", "bias")]
    return graph.node(name, "SkipLayerNormalization", [new, old, *norm], domain=_MICROSOFT, epsilon=EPSILON)


def _pool(graph: Graph, states: str, mask: str) -> str:
    shares = graph.node("mask.float", "Cast", [mask], to=1)
    # (texts, 1, words) x (texts, words, dimensions): the sum over the real words. Its length is taken out below, so
    # dividing by their number would change nothing.
    axis = graph.constant("axis.words", np.array([1], dtype=np.int64))
    row = graph.node("mask.row", "Unsqueeze", [shares, axis])
    summed = graph.node("summed", "MatMul", [row, states])
    flat = graph.node("flat", "Squeeze", [summed, axis])
    return graph.node("vectors", "LpNormalization", [flat], axis=-1, p=2)
