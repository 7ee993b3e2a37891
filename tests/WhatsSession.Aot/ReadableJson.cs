using System.Text.Json;
using System.Text.Json.Serialization;

namespace WhatsSession.Aot;

/// <summary>What an application returns as JSON, with generated code alone.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(WindowStatus))]
[JsonSerializable(typeof(SendOutcome))]
[JsonSerializable(typeof(ConversationSnapshot))]
[JsonSerializable(typeof(IReadOnlyList<HistoryMessage>))]
[JsonSerializable(typeof(IReadOnlyList<HeldMessage>))]
[JsonSerializable(typeof(Dictionary<CustomerId, WindowStatus>))]
internal sealed partial class ReadableJson : JsonSerializerContext;
