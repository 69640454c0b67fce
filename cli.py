"""The checkout's launcher: the same command as the console script `qjreport` and `python -m qjreport`."""

from qjreport.commands import main

if __name__ == "__main__":
    main()
