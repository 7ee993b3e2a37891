namespace WhatsSession.Benchmarks;

/// <summary>A directory for the files of a row.</summary>
internal sealed class ScratchDirectory : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("whatssession-benchmark-");

    public string PathOf(string file) => Path.Combine(_directory.FullName, file);

    public void Dispose() => _directory.Delete(recursive: true);
}
