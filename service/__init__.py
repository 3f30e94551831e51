"""Run the use cases of the page and the command line, without any of the texts that these show."""
