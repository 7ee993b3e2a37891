using System.Text.Json.Serialization;

namespace WhatsSession.Emulator.Tests;

[JsonSerializable(typeof(string))]
internal sealed partial class WireContext : JsonSerializerContext;
