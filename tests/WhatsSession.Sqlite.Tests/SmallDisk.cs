using System.Diagnostics;

namespace WhatsSession.Sqlite.Tests;

/// <summary>A disk of 3 MB in memory, for tests of a full one. Only root may mount it; elsewhere such a test is skipped.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private readonly DirectoryInfo _directory = System.IO.Directory.CreateTempSubdirectory("whatssession-");

    private SmallDisk()
    {
    }

    public string Directory => _directory.FullName;

    private string Filler => Path.Combine(Directory, "filler");

    public static SmallDisk Mount()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "Only root on Linux may mount a disk in memory.");
        var disk = new SmallDisk();
        if (!Run("mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", disk.Directory))
        {
            disk._directory.Delete();
            Assert.Skip("This machine lets nobody mount a disk in memory.");
        }

        return disk;
    }

    /// <summary>Writes a file that leaves so many bytes of the disk.</summary>
    public void FillUpTo(long left)
    {
        using var filler = new FileStream(Filler, FileMode.CreateNew);
        filler.Write(new byte[new DriveInfo(Directory).AvailableFreeSpace - left]);
    }

    public void MakeRoom() => File.Delete(Filler);

    public ValueTask DisposeAsync()
    {
        Run("umount", Directory);
        _directory.Delete();
        return default;
    }

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true });
        process!.WaitForExit();
        return process.ExitCode == 0;
    }
}
