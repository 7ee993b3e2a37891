using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace WhatsSession;

/// <summary>What SQLite does not look after itself: who may read a new file, and whether the open file is still the one at the path.</summary>
internal static partial class SqliteFile
{
    private const int HasMovedOperation = 20; // SQLITE_FCNTL_HAS_MOVED

    /// <summary>Makes an empty file that its owner alone may read and write; the files beside it (-wal, -shm) get the same rights from SQLite.</summary>
    /// <remarks>
    /// A file that is there is left alone and not even opened: closing it again would drop the locks that other connections of this process hold on it.
    /// </remarks>
    public static void CreateIfAbsent(string path)
    {
        if (Path.Exists(path))
        {
            return;
        }

        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.ReadWrite | FileShare.Delete };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        try
        {
            using var file = new FileStream(path, options);
        }
        catch (IOException) when (Path.Exists(path))
        {
            // Another host has just made it.
        }
    }

    /// <summary>Whether the file that a connection holds open is no longer at its path: it was deleted, moved, or replaced by another.</summary>
    /// <remarks>One look at the path (its inode), no read of the file. Windows lets nobody do that to an open file.</remarks>
    public static bool HasMoved(sqlite3 connection)
    {
        var moved = 0;
        return Control(connection, 0, HasMovedOperation, ref moved) == raw.SQLITE_OK && moved != 0;
    }

    [SuppressMessage("Security", "CA5393", Justification = "The library lies beside the application, where SQLitePCLRaw finds it too.")]
    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_file_control")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    private static partial int Control(sqlite3 connection, nint databaseName, int operation, ref int argument);
}
