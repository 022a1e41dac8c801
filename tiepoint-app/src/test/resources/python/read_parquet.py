"""Reads Parquet shards with pandas and compares them with tar shards of the same samples.

usage: read_parquet.py FOLDER_OF_TAR_SHARDS FOLDER_OF_PARQUET_SHARDS
"""

import glob
import sys

import pandas
import pyarrow.parquet

from read_shards import samples


def main(tars, parquets):
    expected = [each for path in sorted(glob.glob(f"{tars}/*.tar")) for each in samples(path)]
    rows = 0
    for path in sorted(glob.glob(f"{parquets}/*.parquet")):
        pyarrow.parquet.ParquetFile(path, page_checksum_verification=True).read()
        for row in pandas.read_parquet(path).to_dict("records"):
            key, sample = expected[rows]
            assert key == row.pop("key") and int(key) == row.pop("index") == rows
            row["json"] = row["json"].encode()
            assert {name: value for name, value in row.items() if value is not None} == sample
            rows += 1
    print(rows, "rows equal to", len(expected), "samples")


main(sys.argv[1], sys.argv[2])
