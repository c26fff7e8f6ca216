"""Changes an ROI table as any script with ngio would: one ROI moves, one is gone, one is new."""

import sys

from ngio import open_ome_zarr_container
from ngio.tables import RoiTable

folder, name, moved, gone = sys.argv[1:]
container = open_ome_zarr_container(folder)
table = container.get_table(name)
frame = table.dataframe.copy()
frame.loc[moved, "x_micrometer"] += 1.3
frame.loc["von ngio"] = frame.loc[moved]
frame.loc["von ngio", "y_micrometer"] = 6.5
frame = frame.drop(index=gone)
changed = RoiTable.from_table_data(frame, table.meta)
container.add_table(name, changed, backend=table.meta.backend, overwrite=True)
