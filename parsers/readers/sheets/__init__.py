"""Spreadsheets as reports or annexes: XLSX and XLS, as their cells show."""
