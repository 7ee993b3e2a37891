namespace WhatsSession.Architecture;

/// <summary>One class posts messages, so that no feature can forget the guard, the intent or the claim.</summary>
public sealed class OneWayOutTests
{
    [Fact]
    public void SendsOfTheGraphClient_AreCalledBySendAttemptsAlone()
    {
        var callers = Repository.Ours.SelectMany(CallGraph.Of)
            .Where(call => call.Callee.DeclaringType == typeof(GraphClient) && call.Callee.Name.StartsWith("Send", StringComparison.Ordinal))
            .Select(call => call.Caller.Name)
            .Where(caller => caller != nameof(GraphClient))
            .Distinct();

        callers.Should().BeEquivalentTo("SendAttempts");
    }

    /// <summary>What needs a number's token without posting a message is a matter of the number's handle.</summary>
    [Fact]
    public void OtherCallsOfTheGraphClient_AreMadeByTheNumberAlone()
    {
        var callers = Repository.Ours.SelectMany(CallGraph.Of)
            .Where(call => call.Callee.DeclaringType == typeof(GraphClient) && (call.Callee.Name.StartsWith("MarkRead", StringComparison.Ordinal) || call.Callee.Name.StartsWith("Download", StringComparison.Ordinal)))
            .Select(call => call.Caller.Name)
            .Where(caller => caller != nameof(GraphClient))
            .Distinct();

        callers.Should().BeEquivalentTo(nameof(BusinessNumber));
    }

    /// <summary>Uploads are shared and checked in one place.</summary>
    [Fact]
    public void UploadsOfTheGraphClient_AreCalledByTheUploadsAlone()
    {
        var callers = Repository.Ours.SelectMany(CallGraph.Of)
            .Where(call => call.Callee.DeclaringType == typeof(GraphClient) && call.Callee.Name.StartsWith("Upload", StringComparison.Ordinal))
            .Select(call => call.Caller.Name)
            .Where(caller => caller != nameof(GraphClient))
            .Distinct();

        callers.Should().BeEquivalentTo("MediaUploads", "ContentUploads");
    }

    [Fact]
    public void Requests_AreMadeByTheGraphClientAlone()
    {
        var callers = Repository.Ours.SelectMany(CallGraph.Of)
            .Where(call => typeof(HttpMessageInvoker).IsAssignableFrom(call.Callee.DeclaringType) && call.Callee is { IsConstructor: false, IsSpecialName: false } && call.Callee.Name != nameof(IDisposable.Dispose))
            .Select(call => call.Caller.Name)
            .Distinct();

        callers.Should().BeEquivalentTo(nameof(GraphClient));
    }

    [Fact]
    public void Core_UsesNoClockNoFilesAndNoNetwork()
    {
        string[] banned = ["System.IO", "System.Net", "System.Threading", "System.Text.Json", "System.Diagnostics"];

        CallGraph.Of(Repository.Project("WhatsSession.Core").Assembly)
            .Where(call => call.Callee.DeclaringType is { } type
                && (banned.Any(name => type.Namespace?.StartsWith(name, StringComparison.Ordinal) == true) || type == typeof(DateTime) || type == typeof(DateTimeOffset) || type == typeof(TimeProvider) || type == typeof(NodaTime.SystemClock)))
            .Select(call => $"{call.Caller.Name} -> {call.Callee.DeclaringType!.Name}.{call.Callee.Name}")
            .Should().BeEmpty();
    }
}
