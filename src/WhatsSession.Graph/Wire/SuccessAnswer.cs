using System.Text.Json;
using WhatsSession.Shared;

namespace WhatsSession.Wire;

/// <summary>The answer of a request that does something and tells nothing: <c>{"success":true}</c>, or false with a reason.</summary>
internal sealed record SuccessAnswer(bool IsSuccess, string? Reason)
{
    /// <summary>Null when the body does not say whether it was done.</summary>
    public static SuccessAnswer? Read(ReadOnlySpan<byte> body) => PageReader.ReadObject(body, Read);

    private static SuccessAnswer? Read(ref Utf8JsonReader reader)
    {
        bool? success = null;
        string? reason = null;
        while (JsonText.NextProperty(ref reader, out var name))
        {
            if (name.SequenceEqual("success"u8))
            {
                success = reader.TokenType is JsonTokenType.True or JsonTokenType.False or JsonTokenType.String
                    ? JsonText.ReadBoolean(ref reader)
                    : Skipped(ref reader);
            }
            else if (name.SequenceEqual("reason"u8))
            {
                reason = JsonText.Read(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return success is { } isSuccess ? new SuccessAnswer(isSuccess, reason) : null;
    }

    private static bool? Skipped(ref Utf8JsonReader reader)
    {
        reader.Skip();
        return null;
    }
}
