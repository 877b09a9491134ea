"""The settings of the language model that grades answers, where one is wanted."""

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings

from bot.setting_types import Secret, WebAddress


class ModelSettings(BaseSettings):
    """Where the model is, what it may use a day, and what it costs.

    Key and address have the names that every program gives them; the bot uses them only when RUNG_MODEL is set, so
    that no answer leaves the machine because of a key that was set for something else.
    """

    model: str = Field(
        "",
        description=(
            "The model that grades answers, by its name; answers are sent to it. Empty: they are graded here, by words."
        ),
        examples=["gpt-4o-mini"],
    )
    openai_api_key: Secret = Field(
        SecretStr(""),
        validation_alias="OPENAI_API_KEY",
        description="The key of the model's server; a server of your own (Ollama, vLLM) may want none.",
        examples=["sk-…"],
    )
    openai_base_url: WebAddress = Field(
        "",
        validation_alias="OPENAI_BASE_URL",
        description="The address of an OpenAI-compatible server; empty: OpenAI's own.",
        examples=["http://localhost:11434/v1"],
    )
    model_seconds: float = Field(
        30.0, gt=0, le=300, description="Seconds that one try of the model may take.", examples=["60"]
    )
    model_member_tokens: int = Field(
        40_000,
        ge=0,
        description="Tokens that one member's answers may use a day; then the rubric grades.",
        examples=["9000"],
    )
    model_community_tokens: int = Field(
        400_000, ge=0, description="Tokens that one community's answers may use a day.", examples=["90000"]
    )
    model_day_tokens: int = Field(
        1_000_000, ge=0, description="Tokens that all answers together may use a day.", examples=["500000"]
    )
    model_price_read: float = Field(
        0.0,
        ge=0,
        description="Dollars for a million tokens that the model reads, for the cost shown.",
        examples=["0.15"],
    )
    model_price_written: float = Field(
        0.0, ge=0, description="Dollars for a million tokens that the model writes.", examples=["0.60"]
    )
