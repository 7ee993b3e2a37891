using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace WhatsSession;

/// <summary>Lets processes write to one file in turn.</summary>
/// <remarks>
/// <para>
/// SQLite's own waiting is not fair: who waits looks again now and then, and a process that writes all the time has always just taken the lock again. So who
/// waits says so, by the lock of the log's index that whoever writes the log back holds (https://www.sqlite.org/walformat.html, section 2.3): until its turn
/// has come, nobody else writes the log back. Who has written looks for it, for the price of two system calls, and lets the other go first. Of many that wait
/// one can say so at a time; its turn comes next.
/// </para>
/// <para>It ends by itself: the system drops the locks of a process that ends, and a process that stands still is waited for only now and then.</para>
/// </remarks>
internal sealed unsafe partial class SqliteTurn(sqlite3 connection)
{
    private const int LockStateOperation = 1; // SQLITE_FCNTL_LOCKSTATE
    private const int FilePointerOperation = 7; // SQLITE_FCNTL_FILE_POINTER
    private const int Shared = 1; // SQLITE_LOCK_SHARED, held in WAL mode as long as the file is open
    private const int CheckpointLock = 1; // WAL_CKPT_LOCK
    private const int TakeAlone = 2 | 8; // SQLITE_SHM_LOCK | SQLITE_SHM_EXCLUSIVE
    private const int GiveBack = 1 | 8; // SQLITE_SHM_UNLOCK | SQLITE_SHM_EXCLUSIVE

    // Neither waits for more than ten commits of the other: after a pause in vain, so many go on before the next one.
    private const int MostInARow = 10;
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(50);

    private int _pardoned;

    /// <summary>Says that this connection waits.</summary>
    /// <returns>False when another says so, or when this one does not hold the file open in the way that WAL mode does.</returns>
    public bool TryAsk() => Lock(TakeAlone) == raw.SQLITE_OK;

    /// <summary>Takes back what <see cref="TryAsk"/> said.</summary>
    public void EndAsking() => Lock(GiveBack);

    /// <summary>Waits while another says that it waits.</summary>
    public void LetOthersGo()
    {
        if (!IsAsked())
        {
            _pardoned = 0;
            return;
        }

        if (_pardoned > 0)
        {
            _pardoned--;
            return;
        }

        var since = Stopwatch.GetTimestamp();
        var wait = default(SpinWait);
        while (IsAsked())
        {
            if (Stopwatch.GetElapsedTime(since) > LongestPause)
            {
                _pardoned = MostInARow - 1;
                return;
            }

            wait.SpinOnce();
        }
    }

    private bool IsAsked()
    {
        var code = Lock(TakeAlone);
        if (code == raw.SQLITE_OK)
        {
            Lock(GiveBack);
        }

        return code == raw.SQLITE_BUSY;
    }

    private int Lock(int operation)
    {
        var state = 0;
        var file = Control(connection, 0, LockStateOperation, &state) == raw.SQLITE_OK && state == Shared ? File() : null;
        return file is not null && file->Methods->Version >= 2 ? file->Methods->LockLogIndex(file, CheckpointLock, 1, operation) : raw.SQLITE_MISUSE;
    }

    private OpenFile* File()
    {
        OpenFile* file = null;
        return Control(connection, 0, FilePointerOperation, &file) == raw.SQLITE_OK && file->Methods is not null ? file : null;
    }

    [SuppressMessage("Security", "CA5393", Justification = "The library lies beside the application, where SQLitePCLRaw finds it too.")]
    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_file_control")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    private static partial int Control(sqlite3 connection, nint databaseName, int operation, void* argument);

    /// <summary>sqlite3_file.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct OpenFile
    {
        public FileMethods* Methods;
    }

    /// <summary>sqlite3_io_methods, as far as it is needed.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct FileMethods
    {
        public int Version;
        public FileMethodsBefore Before;
        public delegate* unmanaged[Cdecl]<OpenFile*, int, int, int, int> LockLogIndex;
    }

    /// <summary>The thirteen methods before xShmLock.</summary>
    [InlineArray(13)]
    private struct FileMethodsBefore
    {
        private nint _first;
    }
}
