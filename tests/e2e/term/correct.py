"""Corrects a file of rejected rows, as a person with a spreadsheet would.

The first argument names the file, a workbook (.xlsx) or a CSV. The second is JSON: a list of
[heading, text of the cell that tells the row, heading, new text].
"""

import csv
import json
import sys

import openpyxl

path, corrections = sys.argv[1], json.loads(sys.argv[2])


def place_of(rows, heading, text):
    column = rows[0].index(heading)
    return next(number for number, row in enumerate(rows) if row[column] == text)


if path.endswith(".xlsx"):
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    for key, text, heading, value in corrections:
        sheet.cell(place_of(rows, key, text) + 1, rows[0].index(heading) + 1).value = value
    book.save(path)
else:
    with open(path, encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    for key, text, heading, value in corrections:
        rows[place_of(rows, key, text)][rows[0].index(heading)] = value
    with open(path, "w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)
