"""Weights of networks that a project can build on, and the architectures Lathe knows."""

import re
from enum import StrEnum

import msgspec

_NON_COMMERCIAL = re.compile(r"\bnc\b|non[- _]?commercial|research[- _]only|fair-ai-public|dinov3", re.IGNORECASE)


class Architecture(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A network Lathe can read weights of: its timm name, what people call it, millions of parameters.

    `repository` is where Hugging Face keeps weights learned on public images, `licence` theirs (SPDX).
    """

    name: str
    title: str
    parameters: float
    repository: str
    licence: str = "Apache-2.0"


ARCHITECTURES = (
    Architecture("mobilenetv4_conv_small", "MobileNetV4 S", 2.5, "timm/mobilenetv4_conv_small.e2400_r224_in1k"),
    Architecture("lcnet_100", "LCNet", 1.7, "timm/lcnet_100.ra2_in1k"),
    Architecture("hgnetv2_b0", "HGNetV2 B0", 4.0, "timm/hgnetv2_b0.ssld_stage2_ft_in1k"),
    Architecture("hgnetv2_b1", "HGNetV2 B1", 4.3, "timm/hgnetv2_b1.ssld_stage2_ft_in1k"),
    Architecture("convnext_atto", "ConvNeXt Atto", 3.4, "timm/convnext_atto.d2_in1k"),
    Architecture("convnext_femto", "ConvNeXt Femto", 4.8, "timm/convnext_femto.d1_in1k"),
    Architecture("convnext_pico", "ConvNeXt Pico", 8.5, "timm/convnext_pico.d1_in1k"),
    Architecture("efficientvit_b0", "EfficientViT B0", 2.1, "timm/efficientvit_b0.r224_in1k"),
    Architecture("efficientvit_b1", "EfficientViT B1", 7.5, "timm/efficientvit_b1.r224_in1k"),
    Architecture("tiny_vit_5m_224", "TinyViT 5M", 5.1, "timm/tiny_vit_5m_224.dist_in22k"),
    Architecture("resnet18", "ResNet-18", 11.2, "timm/resnet18.a1_in1k"),
    Architecture("resnet26", "ResNet-26", 14.0, "timm/resnet26.bt_in1k"),
    Architecture("resnet50", "ResNet-50", 23.6, "timm/resnet50.a1_in1k"),
    Architecture("wide_resnet50_2", "Wide ResNet-50-2", 66.9, "timm/wide_resnet50_2.racm_in1k"),
    Architecture("vit_small_patch14_dinov2", "DINOv2 ViT-S", 22.1, "timm/vit_small_patch14_dinov2.lvd142m"),
)


class WeightsSource(StrEnum):
    """Where weights come from: shipped with Lathe, a file a person brought, or fetched because a person asked."""

    BUILT_IN = "built_in"
    FILE = "file"
    DOWNLOAD = "download"


class WeightsRecord(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Weights of a project. `name` is the file or repository they came from, `architecture` a timm name.

    `licence` is what the file or the person says, empty when nobody does; `non_commercial` tells that it forbids to use a
    model built on them in a business. `added` is UTC in ISO 8601, empty for built-in ones.
    """

    name: str
    architecture: str
    sha256: str
    size_bytes: int
    source: WeightsSource
    licence: str = ""
    non_commercial: bool = False
    added: str = ""

    @property
    def title(self) -> str:
        """What people call the architecture."""
        found = architecture_named(self.architecture)
        return self.architecture if found is None else found.title


def architecture_named(name: str) -> Architecture | None:
    """Return the architecture of a timm name or title, letters of either case; a tag after "." is ignored."""
    wanted = name.strip().casefold().partition(".")[0]
    for each in ARCHITECTURES:
        if wanted in (each.name.casefold(), each.title.casefold()):
            return each
    return None


def forbids_business(licence: str) -> bool:
    """Whether the words of a licence sound like "no commercial use"."""
    return _NON_COMMERCIAL.search(licence) is not None
