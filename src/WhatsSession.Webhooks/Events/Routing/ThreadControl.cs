using System.Text.Json.Serialization;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>What happened to the control of a thread. Values that this version does not know are allowed.</summary>
/// <param name="Name">Meta's word.</param>
/// <remarks>
/// Equality is ordinal on the name.
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messaging_handovers">Meta, read August 2026.</see>
/// </remarks>
[JsonConverter(typeof(JsonTextConverter<ThreadControl>))]
public readonly record struct ThreadControl(string Name) : IJsonText<ThreadControl>
{
    /// <summary>It was handed over.</summary>
    public static ThreadControl Passed { get; } = new("control_passed");

    /// <summary>It was taken.</summary>
    public static ThreadControl Taken { get; } = new("control_taken");

    /// <inheritdoc />
    public override string ToString() => Name ?? "";

    static string? IJsonText<ThreadControl>.ToJson(ThreadControl value) => value.Name;

    static ThreadControl? IJsonText<ThreadControl>.FromJson(string? text) => new ThreadControl(text!);
}
