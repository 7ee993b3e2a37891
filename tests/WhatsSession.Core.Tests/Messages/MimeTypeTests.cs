using System.Net.Http.Headers;
using CsCheck;

namespace WhatsSession.Core.Tests.Messages;

/// <summary>MIME types with parameters: what is taken becomes a header of the upload.</summary>
public sealed class MimeTypeTests
{
    [Theory]
    [InlineData("audio/ogg", true)]
    [InlineData(" AUDIO/ogg ;codecs=opus ; rate=48000", true)]
    [InlineData("audio/ogg; codecs=\"opus, other; more\"", true)]
    [InlineData("audio/ogg; codecs=\"\"", true)]
    [InlineData("audio/ogg;", false)]
    [InlineData("audio/ogg;;", false)]
    [InlineData("audio/ogg; codecs", false)]
    [InlineData("audio/ogg; codecs=", false)]
    [InlineData("audio/ogg;=opus", false)]
    [InlineData("audio/ogg; codecs=opus other", false)]
    [InlineData("audio/ogg; codecs=\"opus", false)]
    [InlineData("audio/ogg; codecs=\"opus\"other", false)]
    [InlineData("audio/ogg; codecs=\"", false)]
    public void CheckMimeType_Parameters_AreTakenWhenTheyAreWellFormed(string mimeType, bool isTaken) =>
        (MediaKind.Audio.CheckMimeType("type", mimeType) is null).Should().Be(isTaken);

    /// <summary>No MIME type that the check takes fails where the header is made of it.</summary>
    [Fact]
    public void CheckMimeType_AnythingItTakes_IsAHeader() =>
        Gen.String[Gen.Char["; =\"\\a,/"], 0, 16].Sample(parameters =>
        {
            var mimeType = "audio/ogg" + parameters;
            return MediaKind.Audio.CheckMimeType("type", mimeType) is not null || MediaTypeHeaderValue.TryParse(mimeType, out _);
        }, iter: 100_000);
}
