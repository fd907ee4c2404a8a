"""Images drawn by rule: surfaces, flaws and the light they are taken in. Only numpy; the same seed draws the same image.

They stand in for real images in tests, in the sample project and where a network learns without any image of a factory.
"""
