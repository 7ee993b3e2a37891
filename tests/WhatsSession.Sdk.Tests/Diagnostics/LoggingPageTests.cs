namespace WhatsSession.Sdk.Tests.Diagnostics;

/// <summary>docs/logging.md lists every line of the SDK, as the attributes in the code have it.</summary>
[WithoutEmulator("No request.")]
public sealed class LoggingPageTests
{
    [Fact]
    public void Lines_OfTheSdk_AreThoseOfThePage() => LogLines.OfPage(static id => id < 100).Should().Equal(LogLines.Of(typeof(WhatsSessionClient).Assembly));

    /// <summary>A log is read by people: each line starts with a capital and ends with a full stop, and what it is filled with ends so too.</summary>
    [Fact]
    public void Lines_OfTheSdk_AreSentences() =>
        LogLines.TextsOf(typeof(WhatsSessionClient).Assembly).Should().HaveCountGreaterThan(30)
            .And.OnlyContain(text => LogLines.IsSentence(text))
            .And.OnlyContain(text => !LogLines.NamesAKeyOtherwise(text));
}
