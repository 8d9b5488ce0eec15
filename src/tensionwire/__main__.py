"""`python -m tensionwire`."""

from tensionwire.cli import main

if __name__ == "__main__":
    main()
