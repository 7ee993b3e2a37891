using System.Text.Json;

namespace WhatsSession.Webhooks.Tests.Reading;

/// <summary>What the reader makes of every sample, whole.</summary>
public sealed class GoldenTests
{
    private static readonly string[] Unconfirmed = ["unknown", "unsupported", "future", "unconfirmed"];

    [Theory]
    [MemberData(nameof(Sample.Webhooks), MemberType = typeof(Sample))]
    public void Read_Sample_IsTheGoldenFile(string name)
    {
        var read = Golden.Of(Payload.Events(Sample.Webhook(name)));
        if (Golden.IsWriting)
        {
            Golden.Write(name, read);
        }

        read.Should().Be(Golden.Read(name));
    }

    [Theory]
    [MemberData(nameof(Sample.Webhooks), MemberType = typeof(Sample))]
    public void Golden_OfSample_HasEveryLeafOrTheReasonWhyNot(string name)
    {
        var values = Golden.ValuesOf(Golden.Read(name));
        using var payload = JsonDocument.Parse(Sample.Webhook(name));
        var missing = Leaves(payload.RootElement, "").Where(leaf => !values.Contains(leaf.Value) && LeftOut.Reason(name, leaf.Path) is null);

        missing.Should().BeEmpty();
    }

    [Fact]
    public void LeftOut_EveryEntry_IsNeeded()
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in Sample.NamesIn("webhooks"))
        {
            var values = Golden.ValuesOf(Golden.Read(name));
            using var payload = JsonDocument.Parse(Sample.Webhook(name));
            used.UnionWith(Leaves(payload.RootElement, "").Where(leaf => !values.Contains(leaf.Value)).SelectMany(leaf => LeftOut.Matching(name, leaf.Path)));
        }

        LeftOut.Entries.Except(used, StringComparer.Ordinal).Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Sample.Webhooks), MemberType = typeof(Sample))]
    public void Read_Sample_IsUnknownOnlyWhereItsNameSaysSo(string name)
    {
        foreach (var received in Payload.Events(Sample.Webhook(name)))
        {
            if (received is UnknownEvent or UnknownMessage)
            {
                Unconfirmed.Should().Contain(word => name.Contains(word, StringComparison.Ordinal) || received.Field.Contains(word, StringComparison.Ordinal), name);
            }
        }
    }

    /// <summary>The same for what the samples do not show.</summary>
    [Fact]
    public void Read_MadePayloads_AreTheGoldenFile()
    {
        var read = string.Concat(MadePayloads.All.Select(payload => Golden.Of(Payload.Events(payload))));
        if (Golden.IsWriting)
        {
            Golden.Write("made", read);
        }

        read.Should().Be(Golden.Read("made"));
    }

    [Fact]
    public void Restore_EventOfMadePayload_IsTheSameEvent()
    {
        foreach (var received in MadePayloads.All.SelectMany(Payload.Events))
        {
            EventText.Of(WebhookReader.Restore(Payload.Kept(received))).Should().Be(EventText.Of(received));
        }
    }

    /// <summary>The table of samples and the types of their events, committed: a type that loses its last sample is seen in the difference.</summary>
    [Fact]
    public void Coverage_OfSamples_IsTheCommittedTable()
    {
        var table = string.Concat(Sample.NamesIn("webhooks").Select(name =>
            $"{name}: {string.Join(", ", Payload.Events(Sample.Webhook(name)).Select(received => received.GetType().Name))}\n"));
        if (Golden.IsWriting)
        {
            Golden.Write("coverage", table);
        }

        table.Should().Be(Golden.Read("coverage"));
    }

    /// <summary>Every type of event that the SDK has comes out of a sample, or out of a payload that a test here makes.</summary>
    [Fact]
    public void Coverage_OfEventTypes_IsWhole()
    {
        var seen = Sample.NamesIn("webhooks").SelectMany(name => Payload.Events(Sample.Webhook(name)))
            .Concat(MadePayloads.All.SelectMany(Payload.Events))
            .SelectMany(received => received.Inner is { } inner ? [received, inner] : new[] { received })
            .Select(received => received.GetType())
            .ToHashSet();
        var types = typeof(WhatsAppEvent).Assembly.GetTypes().Where(type => type is { IsAbstract: false } && type.IsAssignableTo(typeof(WhatsAppEvent)));

        types.Except(seen).Where(type => type.GetConstructor(Type.EmptyTypes) is not null)
            .Should().BeEmpty();
    }

    private static IEnumerable<(string Path, string Value)> Leaves(JsonElement element, string path) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(property => Leaves(property.Value, path.Length == 0 ? property.Name : $"{path}.{property.Name}")),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(item => Leaves(item, path + "[]")),
        JsonValueKind.Null => [], // Nothing is what null says.
        JsonValueKind.String => [(path, element.GetString()!)],
        _ => [(path, element.GetRawText())],
    };
}
