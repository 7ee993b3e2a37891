using System.Text.Json;
using System.Text.Json.Serialization;

namespace WhatsSession.Sdk.Tests.Json;

/// <summary>As an application with Native AOT has it.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(HistoryMessage))]
[JsonSerializable(typeof(HeldMessage))]
[JsonSerializable(typeof(ParkedEvent))]
[JsonSerializable(typeof(AcceptResult))]
[JsonSerializable(typeof(WindowClosing))]
[JsonSerializable(typeof(WindowClosed))]
[JsonSerializable(typeof(WindowExtended))]
[JsonSerializable(typeof(SessionMessageRefused))]
[JsonSerializable(typeof(TextReceived))]
internal sealed partial class GeneratedStoredJson : JsonSerializerContext;
