"""Prints, as JSON, how openpyxl sees the first sheet of the workbook named on the command line."""

import json
import sys

import openpyxl

book = openpyxl.load_workbook(sys.argv[1])
sheet = book.worksheets[0]
cells = {
    cell.coordinate: {
        "value": cell.value,
        "type": cell.data_type,
        "format": cell.number_format,
        "bold": bool(cell.font.b),
        "fill": cell.fill.fgColor.rgb if cell.fill.fill_type == "solid" else None,
        "note": cell.comment.text if cell.comment else None,
    }
    for row in sheet.iter_rows()
    for cell in row
}
widths = {name: size.width for name, size in sheet.column_dimensions.items()}
print(
    json.dumps(
        {
            "sheets": [[each.title, each.sheet_state] for each in book.worksheets],
            "frozen": sheet.freeze_panes,
            "filter": sheet.auto_filter.ref,
            "widths": widths,
            "cells": cells,
        }
    )
)
