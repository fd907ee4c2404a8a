"""Images through a bundle: from the bytes of a file to an answer with its verdict. Needs Pillow besides what tables need."""
