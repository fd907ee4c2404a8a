"""The pixels of stored images, as every model sees them."""

from automl.domain.images import ImageRecord
from automl.domain.issues import Issue, Refusal
from automl.runtime.image.decode import Pixels, UnreadableImageError, decode_image
from automl.storage.objects import ObjectStore


class ImageLoader:
    """Reads images by their record. Any thread may ask. Raises Refusal when an image is gone or damaged."""

    def __init__(self, objects: ObjectStore) -> None:
        self._objects = objects

    def pixels(self, record: ImageRecord) -> Pixels:
        """Return the pixels [height, width, 3] of one image."""
        content = self._objects.read_bytes(record.sha256)
        try:
            return decode_image(content)
        except UnreadableImageError as error:
            parameters = {"sha256": record.sha256[:12]}
            raise Refusal(Issue("storage.object_damaged", parameters={**parameters})) from error
