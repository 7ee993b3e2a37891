using System.Text.Json.Serialization;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>How a flow of a <see cref="FlowMessage"/> starts.</summary>
/// <remarks>Immutable; equality is by value. <see cref="ToString"/> shows no content.</remarks>
[JsonConverter(typeof(JsonChoiceConverter<FlowAction>))]
public abstract record FlowAction
{
    private FlowAction()
    {
    }

    /// <summary>The kind of action.</summary>
    public sealed override string ToString() => GetType().Name;

    /// <summary>The flow opens on a screen, without a request to your endpoint.</summary>
    /// <param name="Screen">The id of the screen.</param>
    public sealed record Navigate(string Screen) : FlowAction
    {
        /// <summary>
        /// The data of the screen: the text of one JSON object with at least one property. Any other text makes the send throw
        /// <see cref="ArgumentException"/>.
        /// </summary>
        /// <value>Null by default: no data.</value>
        public string? Data { get; init; }
    }

    /// <summary>The flow asks your endpoint for its first screen.</summary>
    public sealed record DataExchange : FlowAction;
}
