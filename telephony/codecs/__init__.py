"""Wire formats of lines: one folder a carrier, bytes in, `telephony.wire` values out."""
