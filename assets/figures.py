"""Draws the figures of the sample log into `pic/`. Needs Pillow 10.1 or later."""

from math import exp, log
from pathlib import Path
from random import Random

from PIL import Image, ImageDraw, ImageFont

PIC = Path(__file__).parent / "pic"
SCALE = 3  # Drawn larger, then reduced: smooth edges.
COLOURS = 160  # Of the palette: enough for smooth edges, and small files.

INK, GREY, LINE = "#24292f", "#6e7781", "#8c959f"
BLUE, ORANGE, GREEN, PURPLE = "#cfe3fb", "#fbe0c3", "#cdebd3", "#e3d8f6"
DEEP_BLUE, DEEP_ORANGE = "#1f6feb", "#d9730d"


class Figure:
    """A white canvas measured in the pixels of the final picture."""

    def __init__(self, name, width, height):
        self.name = name
        self.image = Image.new("RGB", (width * SCALE, height * SCALE), "white")
        self.draw = ImageDraw.Draw(self.image)

    def __enter__(self):
        return self

    def __exit__(self, error, *_):
        if error is None:
            small = self.image.reduce(SCALE)
            small = small.quantize(COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
            small.save(PIC / f"{self.name}.png", optimize=True)

    def text(self, x, y, text, size=14, fill=INK, anchor="mm"):
        self.draw.text((x * SCALE, y * SCALE), text, fill, ImageFont.load_default(size * SCALE), anchor)

    def box(self, x, y, width, height, label="", fill=BLUE, size=14, radius=6, outline=LINE):
        corners = [value * SCALE for value in (x, y, x + width, y + height)]
        self.draw.rounded_rectangle(corners, radius * SCALE, fill, outline, round(1.2 * SCALE))
        lines = label.split("\n")
        for index, line in enumerate(lines):
            self.text(x + width / 2, y + height / 2 + (index - (len(lines) - 1) / 2) * (size + 4), line, size)

    def cell(self, x, y, side, fill):
        corners = [x * SCALE, y * SCALE, (x + side) * SCALE - 1, (y + side) * SCALE - 1]
        self.draw.rectangle(corners, fill, "white", SCALE)

    def line(self, *points, fill=LINE, width=1.6):
        self.draw.line([(x * SCALE, y * SCALE) for x, y in points], fill, round(width * SCALE), "curve")

    def arrow(self, *points, fill=GREY):
        """Along the points; the last stretch is level or upright."""
        (x0, y0), (x, y) = points[-2:]
        dx, dy = (x > x0) - (x < x0), (y > y0) - (y < y0)
        back = (x - 6 * dx, y - 6 * dy)
        self.line(*points[:-1], back, fill=fill)
        wings = [(back[0] - 4 * dy, back[1] - 4 * dx), (back[0] + 4 * dy, back[1] + 4 * dx)]
        self.draw.polygon([(a * SCALE, b * SCALE) for a, b in [(x, y), *wings]], fill)

    def polygon(self, *points, fill):
        corners = [(x * SCALE, y * SCALE) for x, y in points]
        self.draw.polygon(corners, fill)
        self.line(*points, points[0], fill=LINE, width=1.2)

    def dot(self, x, y, radius, fill):
        self.draw.ellipse([v * SCALE for v in (x - radius, y - radius, x + radius, y + radius)], fill)


def blend(low, high, share):
    """The colour between two, both `#rrggbb`."""
    pairs = [(int(low[i : i + 2], 16), int(high[i : i + 2], 16)) for i in (1, 3, 5)]
    return tuple(round(a + (b - a) * share) for a, b in pairs)


def transformer():
    """One block of the encoder, input below."""
    with Figure("transformer", 400, 360) as figure:
        middle = 200
        figure.box(84, 42, 232, 262, fill="#f6f8fa", radius=12)
        figure.text(340, 172, "x N", 18)
        steps = [
            (258, "Multi-head attention", ORANGE),
            (204, "Add & norm", GREEN),
            (128, "Feed forward", BLUE),
            (74, "Add & norm", GREEN),
        ]
        figure.arrow((middle, 332), (middle, 276))
        for (y, _, _), (above, _, _) in zip(steps, steps[1:]):
            figure.arrow((middle, y), (middle, above + 17))
        figure.arrow((middle, 57), (middle, 24))
        for start, end in [(290, 204), (166, 74)]:
            figure.arrow((middle, start), (98, start), (98, end), (118, end))
        for y, label, fill in steps:
            figure.box(118, y - 17, 164, 34, label, fill)
        figure.text(middle, 13, "output", 13, GREY)
        figure.text(middle, 344, "embedding + position", 13, GREY)


def scaling_laws():
    """Loss against compute for models of several sizes, and the line that bounds them all."""
    left, right, top, bottom = 64, 452, 24, 268

    def place(exponent, loss):
        """From 10^-8 to 10^2 petaflop/s-days, and a loss from 2 to 7, both logarithmic."""
        return left + (exponent + 8) / 10 * (right - left), bottom - log(loss / 2) / log(7 / 2) * (bottom - top)

    def bound(exponent):
        return 2.55 * 10 ** (-0.05 * exponent)

    def model(best, exponent):
        """The loss of a model that is worth `best`: it falls fast, meets the bound, and levels off."""
        return max(bound(best) * (0.985 + 0.14 * exp(-2.3 * (exponent - best + 0.62))), bound(exponent))

    with Figure("scaling_laws", 480, 320) as figure:
        for exponent in range(-8, 3, 2):
            x, _ = place(exponent, 2)
            figure.line((x, top), (x, bottom), fill="#eaeef2", width=1)
            figure.text(x, bottom + 14, f"1e{exponent}" if exponent else "1", 12, GREY)
        for loss in range(2, 8):
            _, y = place(0, loss)
            figure.line((left, y), (right, y), fill="#eaeef2", width=1)
            figure.text(left - 10, y, str(loss), 12, GREY, "rm")
        for index in range(7):
            best = -6.6 + index * 1.25
            curve = [(step, model(best, step)) for step in (best - 1.5 + 0.028 * step for step in range(121))]
            points = [place(exponent, loss) for exponent, loss in curve if loss <= 7 and exponent <= 2]
            figure.line(*points, fill=blend("#9cc5f5", "#0b4fb3", index / 6), width=1.8)
        for start in (-7.8 + 0.4 * dash for dash in range(25)):
            ends = [place(exponent, bound(exponent)) for exponent in (start, start + 0.2)]
            figure.line(*ends, fill=DEEP_ORANGE, width=2)
        figure.line((left, top), (left, bottom), (right, bottom), fill=INK)
        figure.text((left + right) / 2, 305, "compute (PF-days)", 13)
        figure.text(left + 8, top - 10, "test loss", 13, anchor="lm")
        figure.text(right - 4, top + 20, "L ~ C^-0.05", 14, DEEP_ORANGE, "rm")


def attention_mask():
    """Causal, sliding window, and strided: which positions a token looks at."""
    count, side, top = 9, 15, 56
    kinds = [
        ("full causal", lambda i, j: j <= i),
        ("sliding window, W = 3", lambda i, j: i - 3 < j <= i),
        ("strided, every 3rd", lambda i, j: j <= i and (i - j) % 3 == 0),
    ]
    with Figure("attention_mask", 480, 250) as figure:
        for index, (label, seen) in enumerate(kinds):
            left = 14 + index * 158
            figure.text(left + count * side / 2, 30, label, 13)
            for i in range(count):
                for j in range(count):
                    fill = "#eef1f4"
                    if seen(i, j):
                        fill = DEEP_BLUE if i == j else "#86b6f2"
                    figure.cell(left + j * side, top + i * side, side, fill)
            figure.text(left + count * side / 2, top + count * side + 14, "key", 12, GREY)
        legend = [(60, DEEP_BLUE, "itself"), (166, "#86b6f2", "attended"), (292, "#eef1f4", "masked")]
        for x, fill, label in legend:
            figure.cell(x, 224, 14, fill)
            figure.text(x + 22, 231, label, 12, GREY, "lm")


def contrastive():
    """Two encoders, and the matrix of similarities with its diagonal of pairs."""
    count, side, left, top = 6, 32, 224, 62
    random = Random(7)
    with Figure("contrastive", 480, 320) as figure:
        figure.box(24, 126, 96, 64, "image\nencoder", BLUE)
        figure.box(24, 24, 96, 64, "text\nencoder", PURPLE)
        figure.arrow((120, 44), (left - 10, 44))
        figure.arrow((120, 158), (left - 44, 158))
        for index in range(count):
            figure.text(left + (index + 0.5) * side, 44, f"t{index + 1}", 13)
            figure.text(left - 18, top + (index + 0.5) * side, f"v{index + 1}", 13)
            for column in range(count):
                share = 0.86 + 0.14 * random.random() if index == column else 0.3 * random.random()
                figure.cell(left + column * side, top + index * side, side, blend("#f3f7fd", DEEP_BLUE, round(share, 1)))
        figure.line((left - 32, top + 4), (left - 38, top + 4), (left - 38, 250), (left - 32, 250))
        figure.text(left + count * side / 2, 274, "similarity <vi, tj>", 13)
        figure.text(240, 301, "pull the diagonal together, push the rest apart", 12, GREY)


def lora():
    """The frozen weight beside the two thin matrices."""
    with Figure("lora", 480, 300) as figure:
        figure.box(60, 88, 150, 110, "pretrained W\nd x d, frozen", BLUE)
        figure.polygon((280, 88), (420, 88), (376, 138), (324, 138), fill=ORANGE)
        figure.polygon((324, 148), (376, 148), (420, 198), (280, 198), fill=ORANGE)
        figure.text(350, 113, "B = 0", 14)
        figure.text(350, 173, "A ~ N", 14)
        figure.line((324, 143), (376, 143), fill=DEEP_ORANGE)
        figure.text(388, 143, "r", 14, DEEP_ORANGE)
        figure.box(180, 262, 120, 26, "x", "#f6f8fa")
        figure.box(180, 8, 120, 26, "h = Wx + BAx", "#f6f8fa")
        for middle in (135, 350):
            figure.arrow((240, 262), (240, 232), (middle, 232), (middle, 200))
        figure.line((135, 88), (135, 62), (226, 62))
        figure.line((350, 88), (350, 62), (254, 62))
        figure.dot(240, 62, 13, GREY)
        figure.dot(240, 62, 11.6, "white")
        figure.line((234, 62), (246, 62), fill=INK)
        figure.line((240, 56), (240, 68), fill=INK)
        figure.arrow((240, 48), (240, 35))
        figure.text(412, 143, "trained", 12, DEEP_ORANGE, "lm")


def rag():
    """Question, retriever, generator, answer."""
    with Figure("rag", 520, 230) as figure:
        figure.box(12, 42, 82, 48, "question", "#f6f8fa")
        figure.box(136, 42, 98, 48, "query\nencoder", BLUE)
        figure.box(276, 42, 98, 48, "top-k\npassages", GREEN)
        figure.box(416, 42, 92, 48, "generator", ORANGE)
        for start, end in [(94, 136), (234, 276), (374, 416)]:
            figure.arrow((start, 66), (end, 66))
        figure.arrow((53, 42), (53, 18), (462, 18), (462, 42))
        figure.box(136, 150, 98, 48, "passage\nencoder", BLUE)
        figure.box(12, 150, 82, 48, "corpus", "#f6f8fa")
        figure.box(276, 150, 98, 48, "vector\nindex", PURPLE)
        figure.arrow((94, 174), (136, 174))
        figure.arrow((234, 174), (276, 174))
        figure.arrow((325, 150), (325, 90))
        figure.text(334, 120, "nearest", 12, GREY, "lm")
        figure.box(416, 150, 92, 48, "answer", "#f6f8fa")
        figure.arrow((462, 90), (462, 150))
        figure.text(185, 214, "computed once, frozen", 12, GREY)


if __name__ == "__main__":
    PIC.mkdir(exist_ok=True)
    for draw in (transformer, scaling_laws, attention_mask, contrastive, lora, rag):
        draw()
