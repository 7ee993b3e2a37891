namespace WhatsSession.Architecture;

/// <summary>Every path that posts a message goes through the one dispatcher, so that no feature can forget the guard, the intent or the claim.</summary>
public sealed class OneDispatcherTests
{
    [Fact]
    public void SendsOfTheGraphClient_AreCalledByTheDispatcherAlone()
    {
        var callers = Repository.Ours.SelectMany(CallGraph.Of)
            .Where(call => call.Callee.DeclaringType == typeof(GraphClient) && call.Callee.Name.StartsWith("Send", StringComparison.Ordinal))
            .Select(call => call.Caller.Name)
            .Where(caller => caller != nameof(GraphClient))
            .Distinct();

        callers.Should().BeEquivalentTo("MessageDispatcher");
    }

    /// <summary>What needs a number's token without posting a message goes the same way.</summary>
    [Fact]
    public void OtherCallsOfTheGraphClient_AreMadeByTheDispatcherAlone()
    {
        var callers = Repository.Ours.SelectMany(CallGraph.Of)
            .Where(call => call.Callee.DeclaringType == typeof(GraphClient) && (call.Callee.Name.StartsWith("MarkRead", StringComparison.Ordinal) || call.Callee.Name.StartsWith("Download", StringComparison.Ordinal)))
            .Select(call => call.Caller.Name)
            .Where(caller => caller != nameof(GraphClient))
            .Distinct();

        callers.Should().BeEquivalentTo("MessageDispatcher");
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
