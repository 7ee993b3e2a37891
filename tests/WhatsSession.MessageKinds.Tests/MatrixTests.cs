namespace WhatsSession.MessageKinds.Tests;

/// <summary>The page in docs is what the tests find.</summary>
public sealed class MatrixTests
{
    /// <remarks>Set <c>WHATSSESSION_WRITE_GOLDEN</c> to 1 to write it anew, and review the difference.</remarks>
    [Fact]
    public async Task Page_OfTheMatrix_IsWhatTheTestsFind()
    {
        Peer.SkipWhenAbsent();
        var path = Path.Combine(Repository.Root, "docs", "message-kinds.md");

        var found = await Matrix.WriteAsync();

        if (Environment.GetEnvironmentVariable("WHATSSESSION_WRITE_GOLDEN") == "1")
        {
            await File.WriteAllTextAsync(path, found);
        }

        found.Should().NotContain("nobody");
        (await File.ReadAllTextAsync(path)).Should().Be(found);
    }
}
