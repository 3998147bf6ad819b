"""Small image files and the pixels that independent programs read from them, for the tests of datasets of images.

    python3 tools/image-references.py               writes test/datasets/fixtures/images/ and resample.json

Pillow and tifffile write and read PNG, JPEG and TIFF, pydicom (with pylibjpeg, pyjpegls) DICOM. Versions are written beside the
values. The pictures are gradients; nobody's data is in them.
"""
import base64
import json
import pathlib
import platform
import shutil
import struct
import zlib

import numpy as np
import PIL
import pydicom
import tifffile
from PIL import Image
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.pixels import apply_modality_lut, apply_voi_lut
from pydicom.uid import (
    ExplicitVRBigEndian, ExplicitVRLittleEndian, ImplicitVRLittleEndian, JPEG2000Lossless, JPEGLSLossless, RLELossless,
    CTImageStorage, SecondaryCaptureImageStorage, generate_uid,
)

ROOT = pathlib.Path(__file__).resolve().parent.parent
OUT = ROOT / "test" / "datasets" / "fixtures" / "images"
MADE_WITH = {
    "python": platform.python_version(), "pillow": PIL.__version__, "numpy": np.__version__,
    "tifffile": tifffile.__version__, "pydicom": pydicom.__version__,
}
W, H = 13, 9
yy, xx = np.mgrid[0:H, 0:W]
GREY = (xx * 255 // (W - 1)).astype("uint8")
RGB = np.stack([xx * 255 // (W - 1), yy * 255 // (H - 1), (xx + yy) * 255 // (W + H - 2)], -1).astype("uint8")
DEEP = (xx * 300 + yy * 41).astype("uint16")
references = {}


def note(name, values, bits, tolerance=0, **more):
    values = np.ascontiguousarray(values)
    channels = 1 if values.ndim == 2 else values.shape[2]
    references[name] = {
        "width": values.shape[1], "height": values.shape[0], "channels": channels, "bits": bits, "tolerance": tolerance,
        "type": str(values.dtype), "values": base64.b64encode(values.tobytes()).decode(), **more,
    }


def shown(path, mode):
    return np.asarray(Image.open(path).convert(mode))


def on_black(path):
    """As Pillow composites it on black."""
    image = Image.open(path).convert("RGBA")
    return np.asarray(Image.alpha_composite(Image.new("RGBA", image.size, (0, 0, 0, 255)), image).convert("RGB"))


def png():
    for name, image in {
        "grey-1": Image.fromarray(GREY > 99), "grey-8": Image.fromarray(GREY), "rgb-8": Image.fromarray(RGB),
    }.items():
        image.save(OUT / f"{name}.png")
        note(f"{name}.png", shown(OUT / f"{name}.png", "RGB" if name[0] == "r" else "L"), 1 if name[-1] == "1" else 8)
    Image.fromarray(DEEP).save(OUT / "grey-16.png")
    note("grey-16.png", np.asarray(Image.open(OUT / "grey-16.png")).astype("<u2"), 16)
    for bits in (2, 4, 8):
        name = f"palette-{bits}.png"
        Image.fromarray(RGB).quantize(2**bits).save(OUT / name, bits=bits)
        note(name, shown(OUT / name, "RGB"), 8)
    Image.fromarray(RGB).quantize(16).save(OUT / "palette-clear.png", transparency=2)
    note("palette-clear.png", on_black(OUT / "palette-clear.png"), 8)
    rgba = np.dstack([RGB, (yy * 255 // (H - 1)).astype("uint8")])
    Image.fromarray(rgba).save(OUT / "rgba.png")
    note("rgba.png", on_black(OUT / "rgba.png"), 8, tolerance=1)
    Image.fromarray(np.dstack([GREY, 255 - GREY]), "LA").save(OUT / "grey-alpha.png")
    note("grey-alpha.png", on_black(OUT / "grey-alpha.png")[:, :, 0], 8, tolerance=1)
    for name, values, bits, kind in (("interlaced-rgb", RGB, 8, 2), ("interlaced-4", GREY >> 4, 4, 0)):
        (OUT / f"{name}.png").write_bytes(interlaced(values, bits, kind))
        note(f"{name}.png", shown(OUT / f"{name}.png", "RGB" if kind == 2 else "L"), bits)


def interlaced(values, bits, kind):
    """A PNG in Adam7 order, which Pillow reads but does not write."""
    rows = b""
    for x0, y0, dx, dy in ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)):
        for row in values[y0::dy, x0::dx]:
            if row.size == 0:
                continue
            if bits == 4:
                even = np.append(row, 0) if len(row) % 2 else row
                row = (even[0::2] << 4) | even[1::2]
            rows += b"\0" + row.astype("uint8").tobytes()
    chunk = lambda tag, data: struct.pack(">I", len(data)) + tag + data + struct.pack(">I", zlib.crc32(tag + data))
    head = struct.pack(">IIBBBBB", values.shape[1], values.shape[0], bits, kind, 0, 0, 1)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def jpeg():
    big = Image.fromarray(RGB).resize((52, 36), Image.BICUBIC)
    for name, image, options in (
        ("grey", big.convert("L"), {}), ("rgb-444", big, {"subsampling": 0}), ("rgb-420", big, {"subsampling": 2}),
        ("progressive", big, {"progressive": True}), ("rgb-kept", big, {"keep_rgb": True}),
    ):
        image.save(OUT / f"{name}.jpg", quality=92, **options)
        note(f"{name}.jpg", shown(OUT / f"{name}.jpg", "L" if name == "grey" else "RGB"), 8, tolerance=1)
    # Rows of ink, black included; Pillow marks its CMYK files as Adobe's and inverts them.
    inks = np.dstack([np.asarray(big), np.full((36, 52), 60, "uint8")])
    Image.fromarray(inks, "CMYK").save(OUT / "cmyk.jpg", quality=95)
    note("cmyk.jpg", shown(OUT / "cmyk.jpg", "RGB"), 8, tolerance=2)
    # YCCK: the same, its first three components turned into luminance and colour differences before they are stored.
    ycc = np.asarray(Image.fromarray(255 - np.asarray(big)).convert("YCbCr"))
    Image.fromarray(255 - np.dstack([ycc, np.full((36, 52), 195, "uint8")]), "CMYK").save(OUT / "ycck.jpg", quality=95, subsampling=0)
    data = bytearray((OUT / "ycck.jpg").read_bytes())
    at = data.index(b"Adobe")
    data[at + 11] = 2
    (OUT / "ycck.jpg").write_bytes(data)
    note("ycck.jpg", shown(OUT / "ycck.jpg", "RGB"), 8, tolerance=2)
    for orientation in (3, 6, 8):
        exif = Image.Exif()
        exif[0x112] = orientation
        name = f"turned-{orientation}.jpg"
        big.save(OUT / name, quality=95, subsampling=0, exif=exif)
        from PIL import ImageOps
        note(name, np.asarray(ImageOps.exif_transpose(Image.open(OUT / name)).convert("RGB")), 8, tolerance=1)


def tiff():
    for name, values, options in (
        ("grey-8", GREY, {}), ("grey-16", DEEP, {}), ("rgb-lzw", RGB, {"compression": "lzw", "predictor": True}),
        ("rgb-deflate", RGB, {"compression": "zlib", "predictor": True}), ("rgb-packbits", RGB, {"compression": "packbits"}),
        ("grey-16-big", DEEP, {"byteorder": ">", "compression": "lzw"}), ("white-is-zero", GREY, {"photometric": "miniswhite"}),
        ("rgb-planes", np.moveaxis(RGB, -1, 0), {"planarconfig": "separate"}),
        ("rgb-tiles", np.tile(RGB, (4, 4, 1)), {"tile": (16, 16)}), ("grey-16-tiles", np.tile(DEEP, (4, 4)), {"tile": (16, 32), "compression": "zlib"}),
        ("strips", np.tile(RGB, (5, 1, 1)), {"rowsperstrip": 7, "compression": "lzw"}),
    ):
        path = OUT / f"{name}.tif"
        photometric = options.pop("photometric", "rgb" if "rgb" in name or name == "strips" else "minisblack")
        tifffile.imwrite(path, values, photometric=photometric, metadata=None, **options)
        read = tifffile.imread(path)
        if name == "rgb-planes":
            read = np.moveaxis(read, 0, -1)
        if name == "white-is-zero":
            read = 255 - read
        note(f"{name}.tif", read.astype("<u2") if read.dtype == np.uint16 else read, 16 if read.dtype == np.uint16 else 8)
    Image.fromarray(RGB).convert("CMYK").save(OUT / "cmyk.tif")
    note("cmyk.tif", shown(OUT / "cmyk.tif", "RGB"), 8, tolerance=1)
    Image.fromarray(GREY > 99).save(OUT / "grey-1.tif")
    note("grey-1.tif", shown(OUT / "grey-1.tif", "L"), 1)
    Image.fromarray(RGB).quantize(64).save(OUT / "palette.tif")
    note("palette.tif", shown(OUT / "palette.tif", "RGB"), 8)


def dicom(name, pixels, syntax=ExplicitVRLittleEndian, storage=CTImageStorage, bits=16, stored=12, signed=False, photometric="MONOCHROME2", write=None, **tags):
    meta = FileMetaDataset()
    meta.TransferSyntaxUID = syntax if write is None else ExplicitVRLittleEndian
    meta.MediaStorageSOPClassUID = storage
    meta.MediaStorageSOPInstanceUID = generate_uid(entropy_srcs=[name])
    one = Dataset()
    one.file_meta = meta
    one.SOPClassUID = storage
    one.SOPInstanceUID = meta.MediaStorageSOPInstanceUID
    one.PatientID = "made-up"
    one.Modality = "CT"
    colour = pixels.ndim == 3
    one.Rows, one.Columns = pixels.shape[:2]
    one.SamplesPerPixel = 3 if colour else 1
    if colour:
        one.PlanarConfiguration = 0
    one.PhotometricInterpretation = photometric
    one.BitsAllocated, one.BitsStored, one.HighBit = bits, stored, stored - 1
    one.PixelRepresentation = int(signed)
    for tag, value in tags.items():
        setattr(one, tag, value)
    dtype = ("<" if syntax != ExplicitVRBigEndian else ">") + ("i" if signed else "u") + str(bits // 8)
    data = pixels.astype(dtype).tobytes()
    one.PixelData = data + b"\0" * (len(data) % 2)
    one["PixelData"].VR = "OW" if bits == 16 else "OB"
    path = OUT / f"{name}.dcm"
    if write is not None:
        one.compress(syntax, encoding_plugin=write)
    one.save_as(path, enforce_file_format=True)
    return path


def windowed(path):
    """As pydicom shows it: modality, then VOI (its first window, or its table), scaled to 0 to 255."""
    one = pydicom.dcmread(path)
    values = apply_voi_lut(apply_modality_lut(one.pixel_array, one), one, index=0, prefer_lut=False).astype("float64")
    if "WindowCenter" in one:
        # apply_windowing gives the range of the stored values after the modality step.
        low, high = (-(2 ** (one.BitsStored - 1)), 2 ** (one.BitsStored - 1) - 1) if one.PixelRepresentation else (0, 2**one.BitsStored - 1)
        if "RescaleSlope" in one:
            low, high = low * one.RescaleSlope + one.RescaleIntercept, high * one.RescaleSlope + one.RescaleIntercept
    elif "VOILUTSequence" in one:
        table = one.VOILUTSequence[0].LUTData
        low, high = min(table), max(table)
    else:
        low, high = values.min(), values.max()
    out = np.floor((values - low) / (high - low) * 255 + 0.5)
    return (255 - out if one.PhotometricInterpretation == "MONOCHROME1" else out).astype("uint8")


def dicoms():
    values = xx * 300 + yy * 41
    window = {"WindowCenter": 1500, "WindowWidth": 2000}
    grey = {
        "explicit": {}, "implicit": {"syntax": ImplicitVRLittleEndian}, "big-endian": {"syntax": ExplicitVRBigEndian},
        "rle": {"syntax": RLELossless, "write": "pydicom"}, "jpeg-ls": {"syntax": JPEGLSLossless, "write": "pyjpegls"},
        "jpeg-2000": {"syntax": JPEG2000Lossless, "write": "pylibjpeg"},
        "monochrome1": {"photometric": "MONOCHROME1"}, "exact": {"VOILUTFunction": "LINEAR_EXACT"},
        "sigmoid": {"VOILUTFunction": "SIGMOID"}, "rescaled": {"RescaleSlope": 2, "RescaleIntercept": -1024},
    }
    for name, options in grey.items():
        # The coder of JPEG 2000 refuses pictures of a few pixels.
        path = dicom(name, np.tile(values, (4, 4)) if name == "jpeg-2000" else values, **{**window, **options})
        note(f"{name}.dcm", windowed(path), 12, tolerance=1)
    note("no-window.dcm", windowed(dicom("no-window", values)), 12, tolerance=1)
    note("signed.dcm", windowed(dicom("signed", values - 2000, signed=True, stored=16, WindowCenter=-200, WindowWidth=900)), 16, tolerance=1)
    lut = Dataset()
    lut.LUTDescriptor = [4096, 0, 16]
    lut.add_new(0x00283006, "US", [int(65535 * (i / 4095) ** 2) for i in range(4096)])
    note("voi-table.dcm", windowed(dicom("voi-table", values, VOILUTSequence=[lut])), 12, tolerance=1)
    eight = {"bits": 8, "stored": 8, "storage": SecondaryCaptureImageStorage}
    dicom("rgb", RGB, photometric="RGB", **eight)
    note("rgb.dcm", RGB, 8)
    dicom("rgb-planes", RGB, photometric="RGB", **eight)
    planes = pydicom.dcmread(OUT / "rgb-planes.dcm")
    planes.PlanarConfiguration = 1
    data = np.ascontiguousarray(np.moveaxis(RGB, -1, 0)).tobytes()
    planes.PixelData = data + b"\0" * (len(data) % 2)
    planes.save_as(OUT / "rgb-planes.dcm")
    note("rgb-planes.dcm", pydicom.dcmread(OUT / "rgb-planes.dcm").pixel_array, 8)
    ycc = np.asarray(Image.fromarray(RGB).convert("YCbCr"))
    dicom("ybr-full", ycc, photometric="YBR_FULL", **eight)
    from pydicom.pixels import convert_color_space
    note("ybr-full.dcm", convert_color_space(ycc, "YBR_FULL", "RGB"), 8, tolerance=1)
    steps = [i * 257 for i in range(256)]
    reverse = steps[::-1]
    flat = [32896] * 256
    words = lambda list_: struct.pack(f"<{len(list_)}H", *list_)
    names = {f"{c}PaletteColorLookupTableData": words(t) for c, t in (("Red", steps), ("Green", reverse), ("Blue", flat))}
    heads = {f"{c}PaletteColorLookupTableDescriptor": [256, 0, 16] for c in ("Red", "Green", "Blue")}
    path = dicom("palette", GREY, photometric="PALETTE COLOR", **eight, **names, **heads)
    from pydicom.pixels import apply_color_lut
    note("palette.dcm", (apply_color_lut(pydicom.dcmread(path).pixel_array, pydicom.dcmread(path)) >> 8).astype("uint8"), 8)
    # Refused or warned of; no pixels to compare.
    dicom("frames", np.tile(GREY, (2, 1))[:H], NumberOfFrames=2, **eight)
    dicom("burned-in", GREY, BurnedInAnnotation="YES", **eight)
    dicom("not-burned-in", GREY, BurnedInAnnotation="NO", **eight)


def area(values, to_w, to_h):
    """Means over the area that an output pixel covers, parts of pixels by their part."""
    def weights(n, m):
        w = np.zeros((m, n))
        for i in range(m):
            a, b = i * n / m, (i + 1) * n / m
            for j in range(n):
                w[i, j] = max(0, min(b, j + 1) - max(a, j)) / (b - a)
        return w
    h, w = values.shape[:2]
    flat = values.reshape(h, w, -1).astype(float)
    return np.floor(np.einsum("yh,xw,hwc->yxc", weights(h, to_h), weights(w, to_w), flat) + 0.5).astype("uint8")


def resample():
    noise = np.random.default_rng(1).integers(0, 256, (24, 36), dtype="uint8")
    colour = np.random.default_rng(2).integers(0, 256, (15, 20, 3), dtype="uint8")
    cases = {}
    for name, values, (w, h), output in (
        ("box by whole factors", noise, (12, 8), np.asarray(Image.fromarray(noise).resize((12, 8), Image.BOX))),
        ("bilinear enlargement", noise, (57, 61), np.asarray(Image.fromarray(noise).resize((57, 61), Image.BILINEAR))),
        ("bilinear enlargement of colours", colour, (33, 40), np.asarray(Image.fromarray(colour).resize((33, 40), Image.BILINEAR))),
        ("area means", noise, (28, 17), area(noise, 28, 17)),
        ("area means of colours", colour, (7, 11), area(colour, 7, 11)),
    ):
        cases[name] = {
            "from": [values.shape[1], values.shape[0]], "to": [w, h], "channels": 1 if values.ndim == 2 else 3,
            "input": base64.b64encode(values.tobytes()).decode(), "output": base64.b64encode(np.ascontiguousarray(output).tobytes()).decode(),
        }
    text = json.dumps({"madeWith": MADE_WITH, "cases": cases}, separators=(",", ":"))
    (OUT.parent / "resample.json").write_text(text + "\n")


if __name__ == "__main__":
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir(parents=True)
    png()
    jpeg()
    tiff()
    dicoms()
    resample()
    text = json.dumps({"madeWith": MADE_WITH, "images": references}, separators=(",", ":"))
    (OUT / "references.json").write_text(text + "\n")
