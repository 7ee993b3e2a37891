using System.Reflection;

namespace WhatsSession.Architecture;

/// <summary>Every path that posts a message goes through one class, so that no feature can forget the guard, the intent or the claim.</summary>
public sealed class OneWayOutTests
{
    private static readonly Type[] Clients = [typeof(GraphClient), typeof(GraphMessages), typeof(GraphMedia), typeof(GraphTemplates), typeof(GraphQrCodes)];

    [Fact]
    public void Messages_ArePostedByOneClassAlone() =>
        CallersOf(typeof(GraphMessages), "Send").Should().BeEquivalentTo("SendAttempts");

    /// <summary>A request that is not typed could be a message.</summary>
    [Fact]
    public void RawRequests_AreMadeByNobody() =>
        CallersOf(typeof(GraphClient), nameof(GraphClient.SendRawAsync)).Should().BeEmpty();

    /// <summary>What needs a number's token without posting a message has one way too.</summary>
    [Fact]
    public void MarksAsReadAndDownloads_AreMadeByOneClassAlone()
    {
        CallersOf(typeof(GraphMessages), "MarkRead").Should().ContainSingle();
        CallersOf(typeof(GraphMedia), "Download").Should().ContainSingle();
    }

    /// <summary>Uploads are shared and checked in one place.</summary>
    [Fact]
    public void Uploads_AreMadeByTheUploadsAlone() =>
        CallersOf(typeof(GraphMedia), "Upload").Should().BeEquivalentTo("MediaUploads", "ContentUploads");

    /// <summary>The follower asks an emulator for its clock, and nobody else for anything.</summary>
    [Fact]
    public void Requests_AreMadeByTheTransportAlone()
    {
        var callers = Repository.Ours.SelectMany(CallGraph.Of)
            .Where(call => typeof(HttpMessageInvoker).IsAssignableFrom(call.Callee.DeclaringType) && call.Callee is { IsConstructor: false, IsSpecialName: false } && call.Callee.Name != nameof(IDisposable.Dispose))
            .Select(call => call.Caller.Name)
            .Distinct();

        callers.Should().BeEquivalentTo("GraphTransport", "EmulatorFollower");
    }

    /// <summary>A new client of an API is not overlooked by the tests above.</summary>
    [Fact]
    public void Clients_OfTheGraphClient_AreAllKnownHere() =>
        typeof(GraphClient).GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(property => property.PropertyType).Append(typeof(GraphClient))
            .Should().BeEquivalentTo(Clients);

    [Fact]
    public void Core_UsesNoClockNoFilesAndNoNetwork()
    {
        string[] banned = ["System.IO", "System.Net", "System.Threading", "System.Diagnostics"];

        CallGraph.Of(Repository.Project("WhatsSession.Core").Assembly)
            .Where(call => call.Callee.DeclaringType is { } type
                && (banned.Any(name => type.Namespace?.StartsWith(name, StringComparison.Ordinal) == true) || type == typeof(DateTime) || type == typeof(DateTimeOffset) || type == typeof(TimeProvider) || type == typeof(NodaTime.SystemClock)))
            .Select(call => $"{call.Caller.Name} -> {call.Callee.DeclaringType!.Name}.{call.Callee.Name}")
            .Should().BeEmpty();
    }

    private static IEnumerable<string> CallersOf(Type client, string method) =>
        Repository.Ours.SelectMany(CallGraph.Of)
            .Where(call => call.Callee.DeclaringType == client && call.Callee.Name.StartsWith(method, StringComparison.Ordinal))
            .Select(call => call.Caller)
            .Where(caller => !Clients.Contains(caller))
            .Select(caller => caller.Name)
            .Distinct();
}
