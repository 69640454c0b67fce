"""`python -m qjreport`."""

from qjreport.commands import main

if __name__ == "__main__":
    main()
