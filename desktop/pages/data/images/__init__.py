"""What came in with a dataset of images: its classes with examples, its sizes and formats, the images of a finding."""
