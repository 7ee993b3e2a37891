using System.Security.Cryptography;

namespace WhatsSession.Webhooks.Tests;

/// <summary>The samples were written from Meta's documents, apart from the SDK; no change of ours may make one fit.</summary>
public sealed class SampleChecksumTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Samples");

    /// <remarks>The list is that of <c>sha256sum</c>; a sample that is added needs a line in it.</remarks>
    [Fact]
    public void Samples_OfEveryKind_AreWhatTheirChecksumsSay()
    {
        var found = Directory.GetFiles(Folder, "*.json", SearchOption.AllDirectories)
            .Select(path => $"{Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path)))}  {Path.GetRelativePath(Folder, path).Replace('\\', '/')}").ToList();
        var listed = File.ReadAllLines(Path.Combine(Folder, "SHA256SUMS")).Select(line => line[..64].ToUpperInvariant() + line[64..]).ToList();

        found.Except(listed).Should().BeEmpty("each sample is as it was listed");
        listed.Except(found).Should().BeEmpty("each sample that was listed is there");
    }
}
